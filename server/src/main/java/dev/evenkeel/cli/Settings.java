package dev.evenkeel.cli;

import java.nio.file.Path;

/// What a node is told at start.
///
/// @param bind address or host name to listen on
/// @param port to listen on; 0 takes a free one
/// @param dataDirectory where data is kept, and access keys; only those are read where `inMemory`
/// @param inMemory whether everything is gone when the process ends
/// @param region as ARNs and signatures name it
/// @param zones availability zones of the region, each a storage node in this process
public record Settings(
    String bind, int port, Path dataDirectory, boolean inMemory, String region, int zones) {}
