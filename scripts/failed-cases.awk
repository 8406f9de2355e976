# What failed, in a few lines each: awk -f failed-cases.awk LastTestsFailed.log LastTest.log, of ctest. A program that ended
# without naming a case (a crash, a sanitizer's report, a timeout) shows how it ended.

function show(title, count,    line) {
  print "== " title
  for (line = (kept > count ? kept - count : 0); line < kept; ++line) print "   " substr(lines[line], 1, 240)
}

FILENAME ~ /LastTestsFailed\.log$/ { sub(/^[0-9]+:/, ""); broken[$0] = 1; next }

/^[0-9]+\/[0-9]+ Test: / { name = $0; sub(/^[0-9]+\/[0-9]+ Test: /, "", name); kept = 0; named = 0 }
/^\[ RUN      \]/ { kept = 0 }
/^\[  FAILED  \] .* \([0-9]+ ms\)$/ { show(name ": " $4, 12); named = 1; kept = 0 }
/^# Subtest: / { kept = 0 }
{ lines[kept++] = $0 }
/^<end of output>/ && name in broken && !named { show(name, 12) }
