# duban_library, duban_program and duban_test: the three kinds of target in this project.

include(GoogleTest)

# What sources of server/ and its tests include most, and what is slow to parse.
set(DUBAN_SERVER_PCH
    <chrono> <functional> <map> <memory> <mutex> <optional> <span> <string> <string_view> <thread>
    <unordered_map> <utility> <variant> <vector>
    <boost/asio.hpp> <boost/asio/experimental/awaitable_operators.hpp> <boost/asio/ssl.hpp>
    <boost/beast/core.hpp> <boost/beast/http.hpp> <boost/beast/ssl.hpp>
    <boost/beast/websocket.hpp> <boost/beast/websocket/ssl.hpp> <nlohmann/json.hpp>
    <spdlog/spdlog.h> <tl/expected.hpp>)

# duban_library(NAME SOURCES file... PUBLIC library... PRIVATE library... PCH header...)
# A static library; without sources an interface library, so an empty folder configures.
function(duban_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE;PCH")
    if(NOT arg_SOURCES)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
        target_link_libraries(${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
        return()
    endif()
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    duban_precompile(${name} ${arg_PCH})
    duban_join_sources(${name})
endfunction()

# duban_program(NAME SOURCES file... LIBS library...)
# An executable; nothing while it has no sources.
function(duban_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
    if(NOT arg_SOURCES)
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${arg_LIBS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
    duban_join_sources(${name})
endfunction()

# duban_test(NAME LABEL label SOURCES file... LIBS library... [PCH header... | PCH_OF test]
#            [TIMEOUT seconds] [CONCURRENT suite-pattern...])
# One gtest executable whose cases are registered one by one; nothing while it has no sources.
# Suites that match CONCURRENT, such as "Committer*", run under the thread sanitizer too. Their
# label is "<label>.concurrency", one word because gtest_discover_tests passes on only one.
function(duban_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT;PCH_OF" "SOURCES;LIBS;PCH;CONCURRENT")
    if(NOT arg_SOURCES)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    if(DUBAN_SANITIZE)
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
    endif()
    add_executable(${name} ${arg_SOURCES})
    duban_join_sources(${name})
    target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gmock GTest::gtest_main rapidcheck)
    # Most of the time goes into compiling tests, little of it into running what they hold.
    target_compile_options(${name} PRIVATE -O0)
    if(arg_PCH_OF)
        duban_precompile_as(${name} ${arg_PCH_OF})
    else()
        duban_precompile(${name} <gmock/gmock.h> <gtest/gtest.h> ${arg_PCH})
    endif()

    set(filter "*")
    if(arg_CONCURRENT)
        list(TRANSFORM arg_CONCURRENT APPEND ".*" OUTPUT_VARIABLE suites)
        list(JOIN suites ":" suites)
        duban_discover(${name} "${suites}" ${arg_LABEL}.concurrency ${arg_TIMEOUT})
        set(filter "-${suites}")
        add_dependencies(duban_concurrency_tests ${name})
    endif()
    duban_discover(${name} "${filter}" ${arg_LABEL} ${arg_TIMEOUT})
endfunction()

add_custom_target(duban_concurrency_tests)

# The thread sanitizer cannot see the atomics inside RocksDB's library, so what that library does is
# left out of its view; our own code stays in it.
function(duban_discover name filter label timeout)
    gtest_discover_tests(${name}
        TEST_FILTER "${filter}"
        DISCOVERY_MODE PRE_TEST
        DISCOVERY_TIMEOUT 60
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        PROPERTIES
            TIMEOUT ${timeout}
            LABELS ${label}
            ENVIRONMENT "TSAN_OPTIONS=ignore_noninstrumented_modules=1")
endfunction()

function(duban_precompile name)
    if(DUBAN_PCH AND ARGN)
        target_precompile_headers(${name} PRIVATE ${ARGN})
    endif()
endfunction()

# Takes the precompiled header of a target with the same compile options.
function(duban_precompile_as name target)
    if(DUBAN_PCH)
        target_precompile_headers(${name} REUSE_FROM ${target})
    endif()
endfunction()

# Compiles several sources of a target at once: most of the time goes into templates that nearly
# all of them instantiate. Names in their anonymous namespaces must differ within a target. The
# tidy preset compiles each source alone, which shows that each includes what it needs.
function(duban_join_sources name)
    set_target_properties(${name} PROPERTIES
        UNITY_BUILD ${DUBAN_JOIN_SOURCES} UNITY_BUILD_BATCH_SIZE ${DUBAN_JOINED_SOURCES})
    if(DUBAN_JOIN_SOURCES AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # g++ takes a joined source for a header, whose anonymous types must not get out.
        target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
    elseif(DUBAN_JOIN_SOURCES)
        # clang sees names of the sources before; the tidy preset keeps the warning for each alone.
        target_compile_options(${name} PRIVATE -Wno-shadow)
    endif()
endfunction()
