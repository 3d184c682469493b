package dev.rolecall.sample;

import dev.rolecall.sample.checkout.CheckoutApplication;
import dev.rolecall.sample.orders.OrdersApplication;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * An emulated STS, two servers and a client with attested TLS, as their configuration files have
 * them. One of the servers also accepts call proofs.
 */
final class AttestedSurroundings implements AutoCloseable {

  static final String SERVER = "arn:aws:iam::111122223333:role/orders-server";
  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String INTERN = "arn:aws:iam::111122223333:role/intern";

  private static final String QUIET = "--logging.level.root=error";

  private final StsEmulator sts = StsEmulator.start();
  private final ConfigurableApplicationContext server;
  private final ConfigurableApplicationContext serverOfCallProofs;
  final ConfigurableApplicationContext client;

  AttestedSurroundings() {
    EmulatedCredentials orders = sts.addRole(SERVER);
    EmulatedCredentials checkout = sts.addRole(CHECKOUT);
    sts.addRole(INTERN);
    server = server(orders);
    serverOfCallProofs =
        server(
            orders,
            "--rolecall.server.attested-tls"
                + ".accept-call-proofs-from-clients-without-certificate=true");
    client =
        run(
            CheckoutApplication.builder(),
            checkout,
            Stream.of(
                    Stream.of(
                        "--spring.config.name=attested-checkout",
                        "--ORDERS_ADDRESS=localhost:" + port(server)),
                    channel("orders", server, SERVER),
                    channel("intern", server, SERVER),
                    Stream.of("--rolecall.client.channels.intern.assume-role=" + INTERN),
                    channel("elsewhere", server, INTERN),
                    channel("uncertified", server, SERVER),
                    withoutCertificate("uncertified"),
                    channel("proofs", serverOfCallProofs, SERVER),
                    withoutCertificate("proofs"))
                .flatMap(Function.identity()));
  }

  private ConfigurableApplicationContext server(EmulatedCredentials role, String... settings) {
    return run(
        OrdersApplication.builder(),
        role,
        Stream.concat(
            Stream.of("--spring.config.name=attested-orders", "--spring.grpc.server.port=0"),
            Stream.of(settings)));
  }

  private ConfigurableApplicationContext run(
      SpringApplicationBuilder application, EmulatedCredentials role, Stream<String> settings) {
    return application
        .initializers(
            (GenericApplicationContext context) ->
                context.registerBean(
                    AwsCredentialsProvider.class, () -> Surroundings.provider(role)))
        .run(
            Stream.concat(Stream.of(QUIET, "--rolecall.sts.endpoint=" + sts.endpoint()), settings)
                .toArray(String[]::new));
  }

  /** The channel as Boot 4.1 has it, and as Spring gRPC had it before; the other is not read. */
  private static Stream<String> channel(
      String name, ConfigurableApplicationContext server, String expected) {
    String address = "static://localhost:" + port(server);
    String proof = "--rolecall.client.channels." + name;
    return Stream.of(
        "--spring.grpc.client.channel." + name + ".target=" + address,
        "--spring.grpc.client.channels." + name + ".address=" + address,
        proof + ".audience=orders",
        proof + ".attested-tls.expect-server-roles=" + expected);
  }

  private static Stream<String> withoutCertificate(String channel) {
    return Stream.of(
        "--rolecall.client.channels." + channel + ".attested-tls.without-local-certificate=true");
  }

  private static int port(ConfigurableApplicationContext server) {
    return server.getBean(GrpcServerLifecycle.class).getPort();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    serverOfCallProofs.close();
    sts.close();
  }
}
