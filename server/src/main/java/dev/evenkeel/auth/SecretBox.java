package dev.evenkeel.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets for storage with AES-256-GCM.
final class SecretBox {
  static final int KEY_BYTES = 32;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random;

  /// A secret as it is stored.
  @SuppressWarnings("ArrayRecordComponent")
  record Sealed(byte[] nonce, byte[] text) {}

  SecretBox(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /// @param owner bound into the seal: another's cannot be put in its place
  Sealed seal(String secret, String owner) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, owner);
      return new Sealed(nonce, cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /// @throws IOException when it was not sealed with this key for this owner, or was changed since
  String open(Sealed sealed, String owner) throws IOException {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed.nonce(), owner);
      return new String(cipher.doFinal(sealed.text()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IOException("the secret of " + owner + " does not open with the master key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
