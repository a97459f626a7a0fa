package dev.evenkeel.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An authority and the certificates that it issues, made by the JDK's keytool.
public final class Certificates {
  private static final String PASSWORD = "password";

  private final Path folder;
  private final Path store;

  private Certificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  public static Certificates in(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Certificates certificates = new Certificates(folder);
    certificates.keytool("authority", "-ext", "bc:c");
    return certificates;
  }

  /// The files of a node whose certificate names it so.
  public TlsFiles issue(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(name, "-signer", "authority", "-ext", "san=dns:" + name);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new TlsFiles(
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded()),
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()),
        pem("ca.crt", "CERTIFICATE", keys.getCertificate("authority").getEncoded()));
  }

  private Path pem(String file, String kind, byte[] der) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind);
    return Files.writeString(folder.resolve(file), text, US_ASCII);
  }

  private void keytool(String alias, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
  }
}
