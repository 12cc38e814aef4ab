# duban_library, duban_program and duban_test: the three kinds of target in this project.

include(GoogleTest)

# duban_join(SUBJECT file...)
# Appends the files to duban_joined, to be compiled as one where DUBAN_JOIN_SOURCES is on: half of
# the time of most sources goes into the headers that they have in common. Names in their anonymous
# namespaces must differ within a subject. The presets dev and tidy compile each source alone, which
# shows that each includes what it needs.
# The joined source names its parts from the root, as all includes do, so that it is the same text in
# every checkout and the compiler cache knows it at once.
macro(duban_join subject)
    if(DUBAN_JOIN_SOURCES)
        file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
        set(parts ${ARGN})
        list(TRANSFORM parts REPLACE "(.+)" "#include \"${folder}/\\1\"")
        list(JOIN parts "\n" parts)
        file(CONFIGURE OUTPUT joined/${subject}.cc CONTENT "${parts}\n" @ONLY)
        list(APPEND duban_joined ${CMAKE_CURRENT_BINARY_DIR}/joined/${subject}.cc)
    else()
        list(APPEND duban_joined ${ARGN})
    endif()
endmacro()

# duban_library(NAME SOURCES file... PUBLIC library... PRIVATE library...)
# A static library; without sources an interface library, so an empty folder configures.
function(duban_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
    if(NOT arg_SOURCES)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
        target_link_libraries(${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
        return()
    endif()
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    duban_allow_joined(${name})
endfunction()

# duban_program(NAME SOURCES file... LIBS library...)
# An executable with the allocator of gperftools, unless a sanitizer brings its own; nothing while
# it has no sources. An allocator that asks for the time, as jemalloc does, would keep the program
# from starting under libfaketime.
function(duban_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
    if(NOT arg_SOURCES)
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${arg_LIBS})
    if(NOT DUBAN_SANITIZE)
        target_link_libraries(${name} PRIVATE PkgConfig::tcmalloc)
    endif()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
    duban_allow_joined(${name})
endfunction()

# duban_test(NAME LABEL label SOURCES file... LIBS library... [TIMEOUT seconds] [COST rank]
#            [CONCURRENT suite-pattern...])
# One gtest executable whose cases are registered one by one; nothing while it has no sources.
# Suites that match CONCURRENT, such as "Committer*", run under the thread sanitizer too. Their
# label is "<label>.concurrency", one word because gtest_discover_tests passes on only one. The
# higher the COST of a test, the earlier ctest begins it, so that no long one is left over at the end.
function(duban_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT;COST" "SOURCES;LIBS;CONCURRENT")
    if(NOT arg_SOURCES)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    if(NOT arg_COST)
        set(arg_COST 1)
    endif()
    if(DUBAN_SANITIZE)
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
    endif()
    add_executable(${name} ${arg_SOURCES})
    duban_allow_joined(${name})
    target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gmock GTest::gtest_main rapidcheck)
    duban_as_test(${name})
    duban_link_first(${name} ${arg_LIBS})
    if(DUBAN_PCH)
        target_precompile_headers(${name} REUSE_FROM duban_test_support)
    endif()

    set(filter "*")
    if(arg_CONCURRENT)
        list(TRANSFORM arg_CONCURRENT APPEND ".*" OUTPUT_VARIABLE suites)
        list(JOIN suites ":" suites)
        duban_discover(${name} "${suites}" ${arg_LABEL}.concurrency ${arg_TIMEOUT} ${arg_COST})
        set(filter "-${suites}")
        add_dependencies(duban_concurrency_tests ${name})
    endif()
    duban_discover(${name} "${filter}" ${arg_LABEL} ${arg_TIMEOUT} ${arg_COST})
endfunction()

# Tests and what supports them: most of the time goes into compiling them, little of it into running
# what they hold.
function(duban_as_test name)
    target_compile_options(${name} PRIVATE -O0)
endfunction()

# What runs once a start or waits for a person: most of its time too goes into compiling it.
function(duban_as_seldom_run name)
    target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
endfunction()

add_custom_target(duban_concurrency_tests)

# Links these libraries of the project, and those that they stand on, in front of the target's own
# objects. Of an inline function that both hold the first copy is taken: behind the tests, which are
# not optimised, the libraries would call strings, maps and JSON without optimisation too.
function(duban_link_first name)
    set(found)
    set(pending ${ARGN})
    while(pending)
        list(POP_FRONT pending library)
        if(TARGET ${library} AND library MATCHES "^duban_" AND NOT library IN_LIST found)
            list(APPEND found ${library})
            get_target_property(type ${library} TYPE)
            if(type STREQUAL "STATIC_LIBRARY")
                get_target_property(next ${library} LINK_LIBRARIES)
                list(APPEND pending ${next})
            endif()
            if(type STREQUAL "STATIC_LIBRARY" AND NOT library MATCHES "^duban_test_")
                target_link_options(${name} PRIVATE
                    "SHELL:-Wl,--whole-archive $<TARGET_FILE:${library}> -Wl,--no-whole-archive")
            endif()
        endif()
    endwhile()
endfunction()

# The thread sanitizer cannot see the atomics inside RocksDB's library, so what that library does is
# left out of its view; our own code stays in it.
set(duban_test_environment "TSAN_OPTIONS=ignore_noninstrumented_modules=1")

# Each case is a test of ctest and a process of its own, named, selected and timed by itself. Where
# DUBAN_TEST_SHARDS is set, the cases share so many processes instead: a sanitized program takes half a
# second to start, which is longer than most cases run.
function(duban_discover name filter label timeout cost)
    if(NOT DUBAN_TEST_SHARDS)
        gtest_discover_tests(${name}
            TEST_FILTER "${filter}"
            DISCOVERY_MODE PRE_TEST
            DISCOVERY_TIMEOUT 60
            WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
            PROPERTIES
                TIMEOUT ${timeout}
                COST ${cost}
                LABELS ${label}
                ENVIRONMENT "${duban_test_environment}")
        return()
    endif()
    math(EXPR last "${DUBAN_TEST_SHARDS} - 1")
    foreach(shard RANGE ${last})
        set(test ${label}.shard_${shard})
        add_test(NAME ${test}
            COMMAND ${name} --gtest_brief=1 --gtest_filter=${filter}
            WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
        set_tests_properties(${test} PROPERTIES
            TIMEOUT 1200
            COST ${cost}
            LABELS ${label}
            ENVIRONMENT "${duban_test_environment};GTEST_TOTAL_SHARDS=${DUBAN_TEST_SHARDS};GTEST_SHARD_INDEX=${shard}")
    endforeach()
endfunction()

# What is warned of only because sources are joined.
function(duban_allow_joined name)
    if(DUBAN_JOIN_SOURCES AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # g++ takes the parts for headers, whose anonymous types must not get out.
        target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
    elseif(DUBAN_JOIN_SOURCES)
        # clang sees names of the parts before; the tidy preset keeps the warning for each alone.
        target_compile_options(${name} PRIVATE -Wno-shadow)
    endif()
endfunction()
