package dev.evenkeel.transaction;

import dev.evenkeel.model.ApiException;

/// What a transaction may not exceed, with the text that says so.
public final class TransactionLimits {
  private TransactionLimits() {}

  /// Its items together are larger than [dev.evenkeel.model.Limits#TRANSACTION_BYTES_MAX].
  public static ApiException tooLarge() {
    return ApiException.validation("Transaction request cannot exceed 4 MB in size");
  }
}
