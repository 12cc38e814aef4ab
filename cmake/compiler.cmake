# Language level, warnings, sanitizers, compiler cache and linker, the same for every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(DUBAN_TEST_SHARDS "" CACHE STRING
    "Processes that the cases of a test program share; empty: each case has its own")
set(DUBAN_SANITIZE "" CACHE STRING "Sanitizers to build with, as given to -fsanitize=")
# Off in the presets with clang, whose precompiled headers hold absolute paths: what is compiled with
# them can be taken from the compiler cache by no other checkout.
option(DUBAN_PCH "Use a precompiled header for the tests" ON)
option(DUBAN_JOIN_SOURCES "Compile the sources of a subject at once" ON)
option(DUBAN_CCACHE "Use ccache when it is installed" ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")

add_compile_options(
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wold-style-cast -Wimplicit-fallthrough -Werror
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
add_compile_definitions(_GLIBCXX_ASSERTIONS)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wduplicated-cond -Wlogical-op)
    # g++ 12 reports std::string concatenation at -O2 (PR 105651, PR 105329).
    add_compile_options(-Wno-restrict -Wno-array-bounds)
    # Lets ccache see the precompiled header in the preprocessed text.
    add_compile_options(-fpch-preprocess)
endif()

if(DUBAN_SANITIZE)
    add_compile_options(
        -fsanitize=${DUBAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${DUBAN_SANITIZE})
    # Asio keeps freed coroutine frames for reuse, which would hide a use after free.
    add_compile_definitions(
        BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Instrumented code defeats g++'s flow analysis; the release preset keeps these warnings.
        add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow)
        if(DUBAN_SANITIZE MATCHES "thread")
            # g++ cannot model the atomic fences in Asio and says so.
            add_compile_options(-Wno-tsan)
        endif()
    endif()
endif()

# Paths are hashed relative to the source tree, so all checkouts share one cache. It lies outside of
# them, and is that of the user when the environment says where and how large it is.
find_program(DUBAN_CCACHE_PROGRAM ccache)
if(DUBAN_CCACHE AND DUBAN_CCACHE_PROGRAM)
    set(settings
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
        CCACHE_NOHASHDIR=true
        CCACHE_SLOPPINESS=pch_defines,time_macros)
    if(NOT DEFINED ENV{CCACHE_DIR})
        set(cache_home "$ENV{XDG_CACHE_HOME}")
        if(NOT cache_home)
            set(cache_home "$ENV{HOME}/.cache")
        endif()
        list(APPEND settings CCACHE_DIR=${cache_home}/duban/ccache)
        if(NOT DEFINED ENV{CCACHE_MAXSIZE})
            list(APPEND settings CCACHE_MAXSIZE=10G)
        endif()
    endif()
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env ${settings} ${DUBAN_CCACHE_PROGRAM})
endif()

find_program(DUBAN_MOLD_PROGRAM mold)
find_program(DUBAN_LLD_PROGRAM ld.lld)
if(DUBAN_MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
elseif(DUBAN_LLD_PROGRAM)
    add_link_options(-fuse-ld=lld)
endif()
