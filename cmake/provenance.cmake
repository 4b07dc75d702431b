# Who built this, from what: a header made anew at each build and rewritten only when something in it changed. It is
# put in front of the few sources that speak of PARLEY_VERSION, PARLEY_COMMIT or PARLEY_COMPILER, so a commit
# recompiles those and nothing else.
if(CMAKE_SCRIPT_MODE_FILE)  # the build-time half: cmake -D SOURCE=… -D HEADER=… -P provenance.cmake
  set(commit "unknown")     # an unpacked archive has no history
  if(EXISTS "${SOURCE}/.git")
    execute_process(COMMAND git -c safe.directory=* -C "${SOURCE}" describe --always --abbrev=40 --exclude=* --dirty=+modified
                    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(commit "${described}")
    endif()
  endif()
  set(text "#pragma once\n#define PARLEY_VERSION \"${VERSION}\"\n#define PARLEY_COMMIT \"${commit}\"\n")
  string(APPEND text "#define PARLEY_COMPILER \"${COMPILER}\"\n")
  set(old "")
  if(EXISTS "${HEADER}")
    file(READ "${HEADER}" old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE "${HEADER}" "${text}")
  endif()
  return()
endif()

set(PARLEY_PROVENANCE_HEADER "${CMAKE_CURRENT_BINARY_DIR}/generated/parley_provenance.hpp")
add_custom_target(parley_provenance_header
  COMMAND "${CMAKE_COMMAND}" "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}" "-DHEADER=${PARLEY_PROVENANCE_HEADER}"
          "-DVERSION=${PROJECT_VERSION}" "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
          -P "${CMAKE_CURRENT_LIST_FILE}"
  BYPRODUCTS "${PARLEY_PROVENANCE_HEADER}" COMMENT "" VERBATIM)

function(parley_provenance target)
  add_dependencies(${target} parley_provenance_header)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    file(STRINGS "${source}" mentions REGEX "PARLEY_(VERSION|COMMIT|COMPILER)" LIMIT_COUNT 1)
    if(mentions)
      set_property(SOURCE "${source}" APPEND PROPERTY COMPILE_OPTIONS -include "${PARLEY_PROVENANCE_HEADER}")
      set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${PARLEY_PROVENANCE_HEADER}")
    endif()
  endforeach()
endfunction()
