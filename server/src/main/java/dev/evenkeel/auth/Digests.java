package dev.evenkeel.auth;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SHA-256 and HMAC-SHA-256 with the objects of the calling thread, so that none is made per
/// request.
final class Digests {
  private static final String HMAC = "HmacSHA256";
  private static final ThreadLocal<Digests> OF_THREAD = ThreadLocal.withInitial(Digests::new);

  private final MessageDigest sha256;
  private final Mac hmac;

  private Digests() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      hmac = Mac.getInstance(HMAC);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Digests ofThread() {
    return OF_THREAD.get();
  }

  /// Lower-case hexadecimal.
  String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256.digest(bytes));
  }

  /// @param text every character stands for one byte
  byte[] hmac(SecretKeySpec key, String text) {
    try {
      hmac.init(key);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of bytes fits every HMAC", e);
    }
    return hmac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, HMAC);
  }
}
