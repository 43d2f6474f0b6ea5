# Installs the build in BUILD below WORK, builds the consumer and copies of both templates of plugins against that, and
# runs them.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# build(NAME): configures and builds WORK/NAME in WORK/NAME_build against the installed package and nothing else of ours.
function(build name)
  set(sanitizers "")
  if(SANITIZE)
    set(sanitizers "-fsanitize=${SANITIZE} -fno-sanitize-recover=all")
  endif()
  run(${CMAKE_COMMAND} -S ${WORK}/${name} -B ${WORK}/${name}_build -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_BUILD_TYPE=Debug
    -DCMAKE_FIND_PACKAGE_NO_PACKAGE_REGISTRY=ON
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
    "-DCMAKE_CXX_FLAGS=${sanitizers}" -DBORNITE_SANITIZE=${SANITIZE})
  run(${CMAKE_COMMAND} --build ${WORK}/${name}_build)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
# Private parts of the tree must not be needed: what is built below sees copies and the prefix only.
file(COPY ${SOURCE}/tests/integration/install/consumer DESTINATION ${WORK})
file(COPY ${SOURCE}/plugins/template DESTINATION ${WORK})
file(COPY ${SOURCE}/plugins/rest_template DESTINATION ${WORK})
build(template)
build(rest_template)
build(consumer)

function(expect_plugins folder)
  run(${WORK}/consumer_build/consumer ${folder})
  message(STATUS "${output}")
  foreach(line "statevector 00 500 11 500" "template 101 1000" "loaded template 0.1.0")
    if(NOT output MATCHES "${line}")
      message(FATAL_ERROR "The consumer did not print '${line}' for ${folder} but:\n${output}")
    endif()
  endforeach()
endfunction()

expect_plugins(${WORK}/template_build/lib/bornite/plugins)
expect_plugins(${WORK}/prefix/${LIBRARY_FOLDER}/bornite/plugins)

# backends(FOLDER): what the installed command lists with FOLDER among its plugins, in `output`.
function(backends folder)
  run(${CMAKE_COMMAND} -E env BORNITE_PLUGIN_PATH=${folder} ${WORK}/prefix/${PROGRAM_FOLDER}/bornite backends)
  set(output "${output}" PARENT_SCOPE)
endfunction()

backends(${WORK}/rest_template_build/lib/bornite/plugins)
if(NOT output MATCHES "example +0.1.0")
  message(FATAL_ERROR "The installed command does not load the REST template:\n${output}")
endif()
backends("")
if(NOT output MATCHES "template +0.1.0" OR output MATCHES "example")
  message(FATAL_ERROR "The installation must have the plugin template, and not the invented provider's:\n${output}")
endif()

# A provider's plugin stays this small: what it needs beyond belongs into the machinery.
file(READ ${SOURCE}/plugins/rest_template/src/plugin.cpp text)
string(REGEX MATCHALL "\n" lines "${text}")
list(LENGTH lines count)
if(count GREATER_EQUAL 120)
  message(FATAL_ERROR "The REST template has ${count} lines; it promises less than 120.")
endif()
