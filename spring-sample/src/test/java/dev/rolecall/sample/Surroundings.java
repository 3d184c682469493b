package dev.rolecall.sample;

import dev.rolecall.sample.checkout.CheckoutApplication;
import dev.rolecall.sample.orders.OrdersApplication;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An emulated STS, and both applications as their configuration files have them: the test says no
 * more than where things are, and which further channels the client has.
 */
final class Surroundings implements AutoCloseable {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String INTERN = "arn:aws:iam::111122223333:role/intern";

  private static final String QUIET = "--logging.level.root=error";

  final StsEmulator sts = StsEmulator.start();
  final ConfigurableApplicationContext server;
  final ConfigurableApplicationContext client;

  Surroundings(Path folder, Path policy) {
    KeytoolCertificate tls = KeytoolCertificate.generate(folder);
    EmulatedCredentials checkout = sts.addRole(CHECKOUT);
    sts.addRole(INTERN);
    server =
        OrdersApplication.builder()
            .run(
                QUIET,
                "--spring.grpc.server.port=0",
                "--ORDERS_CERTIFICATE=" + tls.certificate(),
                "--ORDERS_PRIVATE_KEY=" + tls.privateKey(),
                "--rolecall.server.policy=" + policy,
                "--rolecall.server.policy-period=100ms",
                "--rolecall.sts.endpoint=" + sts.endpoint());
    client =
        CheckoutApplication.builder()
            .initializers(
                (GenericApplicationContext context) ->
                    context.registerBean(AwsCredentialsProvider.class, () -> provider(checkout)))
            .run(
                Stream.of(
                        Stream.of(
                            QUIET,
                            "--ORDERS_ADDRESS=localhost:" + port(),
                            "--ORDERS_CERTIFICATE=" + tls.certificate(),
                            "--rolecall.sts.endpoint=" + sts.endpoint(),
                            "--rolecall.client.channels.intern.audience=orders",
                            "--rolecall.client.channels.intern.assume-role=" + INTERN),
                        channel("orders"),
                        channel("intern"),
                        channel("nobody"))
                    .flatMap(Function.identity())
                    .toArray(String[]::new));
  }

  /** The channel as Boot 4.1 has it, and as Spring gRPC had it before; the other is not read. */
  private Stream<String> channel(String name) {
    String address = "static://localhost:" + port();
    return Stream.of(
        "--spring.grpc.client.channel." + name + ".target=" + address,
        "--spring.grpc.client.channel." + name + ".ssl.bundle=trusted",
        "--spring.grpc.client.channels." + name + ".address=" + address,
        "--spring.grpc.client.channels." + name + ".ssl.bundle=trusted",
        "--spring.grpc.client.channels." + name + ".secure=true",
        "--spring.grpc.client.channels." + name + ".negotiation-type=tls");
  }

  private int port() {
    return server.getBean(GrpcServerLifecycle.class).getPort();
  }

  static AwsCredentialsProvider provider(EmulatedCredentials role) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            role.accessKeyId(), role.secretAccessKey(), role.sessionToken().orElseThrow()));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    sts.close();
  }
}
