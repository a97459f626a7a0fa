package dev.evenkeel.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An error that the caller of the API sees: a mistake of the caller, or a refusal of the service.
/// The only place that knows AWS's names of errors and their status codes. Texts match AWS's to the
/// letter where AWS has one.
///
/// Carries no stack trace: it is an answer, not a fault.
///
/// Source: [Error
/// handling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html)
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String SERVICE = "com.amazonaws.dynamodb.v20120810#";
  private static final String CORAL_SERVICE = "com.amazon.coral.service#";
  private static final String CORAL_VALIDATE = "com.amazon.coral.validate#";

  private final Kind kind;
  private final transient Map<String, Object> members;

  /// The errors that this server answers: prefix of `__type` and HTTP status.
  public enum Kind {
    VALIDATION("ValidationException", CORAL_VALIDATE, 400),
    SERIALIZATION("SerializationException", CORAL_SERVICE, 400),
    UNKNOWN_OPERATION("UnknownOperationException", CORAL_SERVICE, 400),
    ACCESS_DENIED("AccessDeniedException", CORAL_SERVICE, 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", CORAL_SERVICE, 400),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", CORAL_SERVICE, 400),
    INVALID_SIGNATURE("InvalidSignatureException", CORAL_SERVICE, 400),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", CORAL_SERVICE, 400),
    SERVICE_UNAVAILABLE("ServiceUnavailable", CORAL_SERVICE, 503),
    REQUEST_TOO_LARGE("RequestEntityTooLarge", CORAL_SERVICE, 413),
    INTERNAL("InternalServerError", SERVICE, 500),
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailedException", SERVICE, 400),
    DUPLICATE_ITEM("DuplicateItemException", SERVICE, 400),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", SERVICE, 400),
    RESOURCE_IN_USE("ResourceInUseException", SERVICE, 400),
    CONTINUOUS_BACKUPS_UNAVAILABLE("ContinuousBackupsUnavailableException", SERVICE, 400),
    TABLE_NOT_FOUND("TableNotFoundException", SERVICE, 400),
    LIMIT_EXCEEDED("LimitExceededException", SERVICE, 400),
    EXPIRED_ITERATOR("ExpiredIteratorException", SERVICE, 400),
    TRIMMED_DATA_ACCESS("TrimmedDataAccessException", SERVICE, 400),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceededException", SERVICE, 400),
    TRANSACTION_CANCELED("TransactionCanceledException", SERVICE, 400),
    TRANSACTION_CONFLICT("TransactionConflictException", SERVICE, 400),
    TRANSACTION_IN_PROGRESS("TransactionInProgressException", SERVICE, 400),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatchException", SERVICE, 400),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", SERVICE, 400),
    REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded", SERVICE, 400),
    THROTTLING("ThrottlingException", CORAL_SERVICE, 400);

    private final String shape;
    private final String prefix;
    private final int status;

    Kind(String shape, String prefix, int status) {
      this.shape = shape;
      this.prefix = prefix;
      this.status = status;
    }

    /// The name without its prefix, as metrics and logs show it.
    public String shape() {
      return shape;
    }

    /// The value of `__type`.
    public String type() {
      return prefix + shape;
    }

    /// The HTTP status.
    public int status() {
      return status;
    }
  }

  private ApiException(Kind kind, @Nullable String message, Map<String, Object> members) {
    super(message, null, false, false);
    this.kind = kind;
    this.members = members;
  }

  public static ApiException of(Kind kind, @Nullable String message) {
    return new ApiException(kind, message, Map.of());
  }

  /// With further members of the error's body, by their wire names; a value is a
  /// `codec.BinaryItem`, a `List`, a `Map` or a `String`.
  public static ApiException with(
      Kind kind, @Nullable String message, Map<String, Object> members) {
    return new ApiException(kind, message, members);
  }

  public static ApiException validation(String message) {
    return of(Kind.VALIDATION, message);
  }

  /// The validation framework's text for one member that breaks its shape.
  public static ApiException constraint(@Nullable String value, String member, String constraint) {
    String shown = value == null ? "null" : "'" + value + "'";
    return validation(
        "1 validation error detected: Value "
            + shown
            + " at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  /// A feature of the API that this server does not have yet: refused, never ignored.
  public static ApiException notSupported(String feature) {
    return validation(feature + " is not supported by this version of Evenkeel");
  }

  public static ApiException serialization(String message) {
    return of(Kind.SERIALIZATION, message);
  }

  public static ApiException resourceNotFound() {
    return of(Kind.RESOURCE_NOT_FOUND, "Requested resource not found");
  }

  public static ApiException internal(String message) {
    return of(Kind.INTERNAL, message);
  }

  public Kind kind() {
    return kind;
  }

  /// Members of the error's body beside `__type` and `message`.
  public Map<String, Object> members() {
    return members;
  }

  /// The enum's set in the order of declaration, as the constraint's text lists it.
  public static String enumConstraint(List<String> values) {
    return "Member must satisfy enum value set: [" + String.join(", ", values) + "]";
  }
}
