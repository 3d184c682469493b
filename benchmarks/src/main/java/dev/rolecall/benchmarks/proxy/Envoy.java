package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.fleet.OtherProgram;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Envoy with one worker that ends TLS and routes, and does nothing else. */
final class Envoy implements AutoCloseable {

  private static final String PROPERTY = "rolecall.envoy";
  private static final String VARIABLE = "ROLECALL_ENVOY";
  private static final Pattern LISTENER = Pattern.compile("::[0-9.]+:(\\d+)");
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MOST_POLLS = 600;

  /** Envoy's own defaults, but for the number of calls at once, which they bound. */
  private static final String CONFIGURATION =
      """
      admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
      static_resources:
        listeners:
          - name: edge
            address: {socket_address: {address: 127.0.0.1, port_value: 0}}
            filter_chains:
              - transport_socket:
                  name: envoy.transport_sockets.tls
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                    common_tls_context:
                      alpn_protocols: [h2]
                      tls_certificates:
                        - certificate_chain: {filename: CERTIFICATE}
                          private_key: {filename: KEY}
                filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: edge
                      codec_type: HTTP2
                      http_filters:
                        - name: envoy.filters.http.router
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                      route_config:
                        virtual_hosts:
                          - name: all
                            domains: ["*"]
                            routes: [{match: {prefix: "/"}, route: {cluster: service, timeout: 0s}}]
        clusters:
          - name: service
            type: STATIC
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {http2_protocol_options: {}}
            circuit_breakers: {thresholds: [{max_requests: 100000, max_pending_requests: 100000}]}
            load_assignment:
              cluster_name: service
              endpoints:
                - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: UPSTREAM}}}
      """;

  private final OtherProgram process;
  private final Path admin;

  private Envoy(OtherProgram process, Path admin) {
    this.process = process;
    this.admin = admin;
  }

  /** The program, by {@code -Drolecall.envoy} or {@code ROLECALL_ENVOY}; empty if there is none. */
  static Optional<Path> program() {
    String named = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
    return Optional.of(Path.of(named).toAbsolutePath())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  /** Starts one in front of that port, and waits until it listens. */
  static Envoy start(Path program, RunFolder folder, RunCertificate certificate, String upstream)
      throws IOException, GeneralSecurityException {
    Path chain = folder.file("edge.crt");
    Path key = folder.file("edge.key");
    certificate.writePem(chain, key);
    Path config = folder.file("envoy.yaml");
    Files.writeString(
        config,
        CONFIGURATION
            .replace("CERTIFICATE", chain.toString())
            .replace("KEY", key.toString())
            .replace("UPSTREAM", upstream));
    Path admin = folder.file("envoy.admin");
    Files.deleteIfExists(admin);
    Path log = folder.file("envoy.log");
    OtherProgram process =
        OtherProgram.start(
            List.of(
                program.toString(),
                "-c",
                config.toString(),
                "--admin-address-path",
                admin.toString(),
                "--use-dynamic-base-id",
                "--concurrency",
                "1",
                "--log-level",
                "warning"),
            Map.of(),
            log);
    Envoy envoy = new Envoy(process, admin);
    for (int polls = 0; envoy.port().isEmpty(); polls++) {
      if (polls == MOST_POLLS || !process.isAlive()) {
        process.close();
        throw new IOException("Envoy does not listen: " + Files.readString(log));
      }
      Pause.of(POLL);
    }
    return envoy;
  }

  /** The port of its listener; empty while it does not listen. */
  Optional<String> port() {
    try {
      URI listeners = URI.create("http://" + Files.readString(admin) + "/listeners");
      try (InputStream in = listeners.toURL().openStream()) {
        Matcher found = LISTENER.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
      }
    } catch (IOException | IllegalArgumentException e) {
      // It does not serve that page yet.
      return Optional.empty();
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
