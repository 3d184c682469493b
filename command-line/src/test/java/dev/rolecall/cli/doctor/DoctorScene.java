package dev.rolecall.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.CannedProxy;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.RunningCommands;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** A shell and what stands around it, in order until a fault is put into it. */
public final class DoctorScene implements AutoCloseable {

  public static final String ECHO = "rolecall.demo.v1.Echo/WhoAmI";
  public static final TestCertificate CERTIFICATE = TestCertificate.named("orders");
  static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout asks
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI", "/grpc.health.v1.Health/Check"]}
      """;

  final Path directory;
  public final DoctorShell shell;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Map<String, String> replaced = new LinkedHashMap<>();

  public DoctorScene(Path directory) {
    this.directory = directory;
    this.shell = new DoctorShell(directory);
  }

  /** Sets a property until it is mended. */
  void set(String name, String value) {
    replaced.putIfAbsent(name, System.getProperty(name, ""));
    System.setProperty(name, value);
  }

  /** Has the shell's only credentials be that profile's. */
  void profile(String name, String file) {
    write("credentials", file);
    shell.use(null);
    set("aws.profile", name);
  }

  /** As it was, with checkout's credentials. */
  void mend() {
    replaced.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
    replaced.clear();
    write("credentials", "");
    shell.use(shell.checkout);
  }

  public Path write(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The line that is printed to be pasted where the policy is, pasted there. */
  public CommandRun pasted(String printed) {
    String line =
        printed.lines().filter(l -> l.contains("policy explain orders")).findFirst().orElseThrow();
    return CommandRun.of(
        Stream.of(line.substring(line.lastIndexOf("rolecall policy")).split(" ", -1))
            .skip(1)
            .map(w -> w.equals("orders.yaml") ? directory.resolve(w).toString() : w)
            .toArray(String[]::new));
  }

  /** A trust file with that certificate. */
  public String trust(TestCertificate certificate) {
    return write("trust.pem", certificate.pem()).toString();
  }

  /** A guarded server that is as it should be. */
  String guarded() {
    return served(CERTIFICATE, POLICY, UnaryOperator.identity());
  }

  /** A guarded server. */
  public String served(
      TestCertificate certificate,
      String policy,
      UnaryOperator<StsVerifier> verifying,
      ServerInterceptor... before) {
    List<ServerInterceptor> all = new ArrayList<>(List.of(before));
    all.add(guard(policy, verifier("orders", verifying), AccessRuntime.ofDefaults()));
    return started(
        EchoServer.start(0, certificate.ofServer(), all.toArray(ServerInterceptor[]::new)));
  }

  /** A guarded server of those credentials. */
  public String served(ServerCredentials credentials, String policy) {
    StsVerifier verifier = verifier("orders", UnaryOperator.identity());
    return started(
        EchoServer.start(0, credentials, guard(policy, verifier, AccessRuntime.ofDefaults())));
  }

  /** A guarded server of that scheme beside proofs. */
  String served(String policy, Scheme scheme) {
    return started(
        EchoServer.start(
            0,
            CERTIFICATE.ofServer(),
            kept(
                CallGuard.builder(source(policy))
                    .accept(verifier("orders", UnaryOperator.identity()))
                    .accept(scheme)
                    .build())));
  }

  /** A server whose clock is that one. */
  String servedAt(Clock clock) {
    StsVerifier verifier = verifier("orders", UnaryOperator.identity());
    AccessRuntime runtime = AccessRuntime.builder().clock(clock).build();
    return started(EchoServer.start(0, CERTIFICATE.ofServer(), guard(POLICY, verifier, runtime)));
  }

  private CallGuard guard(String policy, StsVerifier verifier, AccessRuntime runtime) {
    return kept(CallGuard.builder(source(policy)).accept(verifier).runtime(runtime).build());
  }

  /** A server with nothing but these before it. */
  String unguarded(ServerInterceptor... before) {
    return started(EchoServer.start(0, CERTIFICATE.ofServer(), before));
  }

  /** A server that attests inventory's role for that audience. */
  String attested(String audience, String policy) {
    return attested(audience, policy, UnaryOperator.identity());
  }

  /** The same, with a verifier like that. */
  String attested(String audience, String policy, UnaryOperator<StsVerifier> verifying) {
    CallGuard guard = guard(policy, verifier(audience, verifying), AccessRuntime.ofDefaults());
    return started(
        EchoServer.start(
            EchoServer.onLoopback(0),
            () ->
                AttestedTls.server(audience)
                    .credentialsProvider(
                        StaticCredentialsProvider.create(
                            keys(shell.sts.addRole(RunningCommands.INVENTORY))))
                    .endpoint(shell.sts.endpoint(), Region.US_EAST_1)
                    .newServerBuilder(
                        credentials ->
                            NettyServerBuilder.forAddress(EchoServer.onLoopback(0), credentials),
                        guard)));
  }

  private static AwsCredentials keys(EmulatedCredentials session) {
    return AwsSessionCredentials.create(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken().orElseThrow());
  }

  private StsVerifier verifier(String audience, UnaryOperator<StsVerifier> verifying) {
    return verifying.apply(
        StsVerifier.forAudience(audience)
            .acceptCustomEndpoint(shell.sts.endpoint(), "us-east-1", Partition.AWS));
  }

  private static PolicySource source(String policy) {
    return PolicySource.fixed(
        PolicyDocument.read("orders", policy.getBytes(UTF_8))
            .fold(
                PolicyReading.Loaded::policy,
                rejected -> {
                  throw new IllegalStateException(rejected.problems().toString());
                }));
  }

  private String started(Server server) {
    opened.add(server::shutdownNow);
    return "127.0.0.1:" + server.getPort();
  }

  /** A server of the JDK's, of those protocols, which knows no HTTP/2. */
  String plainTls(String... protocols) {
    try {
      SSLServerSocket server =
          (SSLServerSocket)
              CERTIFICATE
                  .context()
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      server.setEnabledProtocols(protocols);
      kept(server);
      Thread serving = new Thread(() -> serve(server), "plain-tls");
      serving.setDaemon(true);
      serving.start();
      return "127.0.0.1:" + server.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server behind something that ends TLS with the scene's certificate. */
  String behindMiddlebox() {
    TestCertificate own = TestCertificate.named("orders");
    String server = served(own, POLICY, UnaryOperator.identity());
    int port = ServerAddress.parse(server).port();
    return "127.0.0.1:" + kept(Relay.endingTls(CERTIFICATE, own, port)).port();
  }

  private static void serve(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket client = (SSLSocket) server.accept()) {
        client.startHandshake();
      } catch (IOException e) {
        // Closed, or a client that went away: the next one is served.
      }
    }
  }

  /** The URL of an endpoint that gives each request that answer. */
  String answering(String response) {
    return "http://127.0.0.1:" + canned(response).port();
  }

  /** Has this JVM call other machines by a proxy that gives each request that answer. */
  void proxied(String response) {
    CannedProxy proxy = canned(response);
    set("https.proxyHost", "127.0.0.1");
    set("https.proxyPort", Integer.toString(proxy.port()));
  }

  private CannedProxy canned(String response) {
    try {
      return kept(new CannedProxy(response));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public <T extends AutoCloseable> T kept(T each) {
    opened.add(0, each);
    return each;
  }

  @Override
  public void close() {
    mend();
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    shell.close();
  }
}
