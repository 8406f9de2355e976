# How the built server becomes a Debian package: `scripts/package`, or `cpack --config build/release/CPackConfig.cmake` once the
# target `gatehouse` is built. Paths and decisions: docs/decisions/0019-packaging.md.

include_guard()

set(GATEHOUSE_MAINTAINER "Gatehouse maintainers <maintainers@gatehouse.example.org>"
    CACHE STRING "Who is named as the maintainer of the Debian package")

# Installing takes what is built and builds nothing: tests and benchmarks are no part of a package.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(packaging ${PROJECT_SOURCE_DIR}/packaging)
set(package_files ${PROJECT_BINARY_DIR}/packaging)
set(package_docs share/doc/gatehouse)

# The changelog tells the version; its day is that of the source, so that the same source gives the same package.
set(VERSION ${PROJECT_VERSION})
set(MAINTAINER ${GATEHOUSE_MAINTAINER})
execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} log -1 --format=%cD OUTPUT_VARIABLE DATE OUTPUT_STRIP_TRAILING_WHITESPACE
                ERROR_QUIET)
if(NOT DATE)
  string(TIMESTAMP DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
endif()
configure_file(${packaging}/debian/changelog ${package_files}/changelog.Debian @ONLY)

install(TARGETS gatehouse RUNTIME DESTINATION bin)
install(FILES ${packaging}/gatehouse.toml DESTINATION /etc/gatehouse)
install(FILES ${packaging}/gatehouse.service DESTINATION /lib/systemd/system)
install(FILES ${packaging}/debian/copyright README.md DESTINATION ${package_docs})
install(DIRECTORY docs/ DESTINATION ${package_docs} FILES_MATCHING PATTERN "*.md" PATTERN decisions EXCLUDE)
install(DIRECTORY catalogue/manifests DESTINATION ${package_docs}/examples FILES_MATCHING PATTERN "*.json")
install(DIRECTORY ops DESTINATION ${package_docs}/examples)
install(PROGRAMS verify/gatehouse_verify.py DESTINATION ${package_docs}/examples)
install(FILES ${packaging}/lintian/gatehouse DESTINATION share/lintian/overrides)

# The program writes its own manual: what it understands and what is told of it are one thing.
install(CODE "
  set(root \"\${CMAKE_INSTALL_PREFIX}/share\")
  set(written \"${package_files}/manual\")
  file(REMOVE_RECURSE \"\${written}\")
  execute_process(COMMAND \"$<TARGET_FILE:gatehouse>\" manual --output \"\${written}\" --sections \"${packaging}/man\"
                  --configuration \"${packaging}/gatehouse.toml\" COMMAND_ERROR_IS_FATAL ANY)
  file(COPY_FILE \"${package_files}/changelog.Debian\" \"\${written}/changelog.Debian\")
  file(GLOB compressed \"\${written}/man*/*\" \"\${written}/changelog.Debian\")
  execute_process(COMMAND gzip -9n \${compressed} COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL \"\${written}/man1\" \"\${written}/man5\" DESTINATION \"\${root}/man\")
  file(INSTALL \"\${written}/changelog.Debian.gz\" DESTINATION \"\${root}/doc/gatehouse\")
  file(INSTALL \"\${written}/completions/gatehouse\" DESTINATION \"\${root}/bash-completion/completions\")
  file(INSTALL \"\${written}/completions/_gatehouse\" DESTINATION \"\${root}/zsh/vendor-completions\")
  file(INSTALL \"\${written}/completions/gatehouse.fish\" DESTINATION \"\${root}/fish/vendor_completions.d\")
")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gatehouse)
set(CPACK_PACKAGE_VENDOR Gatehouse)
set(CPACK_PACKAGE_CONTACT ${GATEHOUSE_MAINTAINER})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/package)
set(CPACK_STRIP_FILES ON)
# Absolute places, such as /etc, are taken below DESTDIR.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "authorization backend for an app marketplace")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Gatehouse decides which apps the people of an account may install, and
remembers every decision: an event-sourced server with an HTTP API, its log
in RocksDB.

This package has the server with a systemd service of its own user, its
command-line tools, manual pages and completions for shells.")
# Programs that are not found by the libraries: the user is made by adduser.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${packaging}/debian/conffiles ${packaging}/debian/postinst ${packaging}/debian/prerm ${packaging}/debian/postrm)
include(CPack)
