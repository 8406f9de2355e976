# Counts the cases in ctest's logs: awk -f count-tests.awk LastTestsFailed.log LastTest.log prints "<passed> <failed>".
# A program that is neither gtest nor TAP, or that ended before its summary, counts as one.

FILENAME ~ /LastTestsFailed\.log$/ { sub(/^[0-9]+:/, ""); broken[$0] = 1; next }

/^[0-9]+\/[0-9]+ Test: / { name = $0; sub(/^[0-9]+\/[0-9]+ Test: /, "", name); passed = 0; failed = 0 }
/^\[  PASSED  \] [0-9]+ tests?\./ { passed += $4 }
/^\[  FAILED  \] .* \([0-9]+ ms\)$/ { ++failed }
/^# pass [0-9]+$/ { passed += $3 }  # TAP, of Node's test runner
/^# fail [0-9]+$/ { failed += $3 }
/^<end of output>/ {
  if (name in broken) {
    failed = failed ? failed : 1
  } else if (!passed) {
    passed = 1
  }
  all_passed += passed
  all_failed += failed
}

END { print all_passed + 0, all_failed + 0 }
