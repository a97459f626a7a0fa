/// The command line: `evenkeel start`, `keys`, `status`, `ttl`, `bench`, `--help`, `--version`.
///
/// ```
/// node.Main ─▶ Program ─▶ picocli ─▶ StartCommand ─▶ SettingsReader ─▶ Settings ─▶ Launcher.start
///                                 ├▶ KeysCommand                                    (in node)
///                                 ├▶ StatusCommand, TtlCommand ─▶ RunningNode ─▶ a node's pages
///                                 └▶ BenchCommand (in bench)
/// ```
///
/// **Settings** come from four places; the first that names one wins: a flag, a variable
/// `EVENKEEL_…`, a properties file (`--config`, `EVENKEEL_CONFIG`, else `./evenkeel.properties` if
/// it exists), the default. All places use one name: `--data-dir`, `EVENKEEL_DATA_DIR`, `data-dir`.
/// An error names the place that the bad value came from.
///
/// **Exit codes**: 0 done, or stopped in order; 1 refused or failed, with one line on standard
/// error that says why; 2 the command line or a setting makes no sense; 70 a bug, with its stack
/// trace.
///
/// **Stopping**: SIGINT and SIGTERM run [Shutdown]: requests in flight are finished and the process
/// ends with code 0, in at most five seconds.
///
/// This package does not know how a node is built. It defines the [Launcher] that `node` implements
/// and hands in, so that arrows keep pointing down and commands can be tested without a server.
@NullMarked
package dev.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
