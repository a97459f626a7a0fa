package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/// The key values that a query wants, of the types that the key schema says.
///
/// @param partition the one partition key
/// @param sort which sort keys, or null for all
public record KeyCondition(AttributeValue partition, @Nullable SortRange sort) {}
