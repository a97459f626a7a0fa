package dev.evenkeel.runtime;

import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// TLS between nodes: both sides show a certificate of the region's authority.
///
/// Names of hosts are not compared: a certificate names a node, which may move.
///
/// @param client for connections that this node makes
/// @param server for those that it takes
record NodeCertificates(SslContext client, SslContext server) {
  private static final String PROTOCOL = "TLSv1.3";
  private static final int DNS_NAME = 2;

  static NodeCertificates read(TlsFiles files) throws IOException {
    try {
      return new NodeCertificates(
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .keyManager(files.certificate().toFile(), files.key().toFile())
              .trustManager(files.authority().toFile())
              .endpointIdentificationAlgorithm(null)
              .build(),
          SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .trustManager(files.authority().toFile())
              .clientAuth(ClientAuth.REQUIRE)
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "cannot use certificate %s, key %s and authority %s: %s",
              files.certificate(),
              files.key(),
              files.authority(),
              e.getMessage()),
          e);
    }
  }

  /// The names in the certificate of the other side.
  static List<String> names(SslHandler handler) throws SSLPeerUnverifiedException {
    Certificate[] chain = handler.engine().getSession().getPeerCertificates();
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = ((X509Certificate) chain[0]).getSubjectAlternativeNames();
      if (all != null) {
        all.stream()
            .filter(name -> name.get(0).equals(DNS_NAME))
            .forEach(name -> names.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException e) {
      throw new IllegalStateException("a certificate that was verified cannot be read", e);
    }
    return names;
  }

  /// Whether one of the names is that node's.
  static boolean name(int node, List<String> names) {
    String own = "node-" + node;
    return names.stream().anyMatch(name -> name.equals(own) || name.startsWith(own + "."));
  }
}
