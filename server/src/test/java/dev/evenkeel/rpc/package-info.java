/// Tests of node-to-node messages. [MessengerContract] holds for every messenger; each
/// [MessengerWorld] is one kind of messengers in one kind of environment.
@NullMarked
package dev.evenkeel.rpc;

import org.jspecify.annotations.NullMarked;
