package dev.evenkeel.paxos;

/// A value accepted for a slot.
///
/// @param slot counts from 1
/// @param ballot under which it was accepted
public record Entry(long slot, Ballot ballot, Value value) {}
