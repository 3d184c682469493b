package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The process of a node of the access service, over TLS and behind its own guard. */
final class ServiceNode implements ChildCommands {

  /** {@code postgres URL USER PASSWORD-FILE}: serves on that database; answers with its port. */
  static final String POSTGRES = "postgres";

  /** {@code sqlite FOLDER}: serves on that folder; answers with its port. */
  static final String SQLITE = "sqlite";

  /** Answers with the number of enforcers that follow it. */
  static final String SUBSCRIBERS = "subscribers";

  private final RunCertificate certificate;
  private final Path rules;
  private final URI sts;
  private @Nullable AccessServer node;

  private ServiceNode(RunCertificate certificate, Path rules, URI sts) {
    this.certificate = requireNonNull(certificate, "certificate");
    this.rules = requireNonNull(rules, "rules");
    this.sts = requireNonNull(sts, "sts");
  }

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    new ServiceNode(
            RunCertificate.read(Path.of(arguments[0])),
            Path.of(arguments[1]),
            URI.create(arguments[2]))
        .serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", -1);
    return switch (words[0]) {
      case OneClock.COMMAND -> OneClock.answer();
      case POSTGRES ->
          start(PostgresStore.at(words[1]).user(words[2]).passwordFile(Path.of(words[3])));
      case SQLITE -> start(SqliteStore.in(Path.of(words[1])));
      case SUBSCRIBERS -> Integer.toString(requireNonNull(node, "node").subscribers());
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private String start(StoreSource store) throws Exception {
    AccessServer started = AccessServer.builder(rules, store).accept(Corp.verifier(sts)).start();
    node = started;
    NettyServerBuilder server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificate.ofServer())
            .intercept(started.guard());
    started.services().forEach(server::addService);
    return Integer.toString(server.build().start().getPort());
  }
}
