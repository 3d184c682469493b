package dev.rolecall.cli.demo;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's policy, in a file of a directory that is deleted at the end. */
final class DemoPolicy implements AutoCloseable {

  static final String TEXT =
      """
      name: orders
      allow_rules:
        - name: checkout speaks
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: account counts
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/rolecall.demo.v1.Echo/Count"]}
      public_methods:
        - "/grpc.health.v1.Health/*"
        - "/grpc.reflection.v1.ServerReflection/*"
      """;

  private static final String FROZEN =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private final Path directory;
  private final PolicyFile followed;

  /** Writes the file and follows it. */
  DemoPolicy() throws IOException {
    directory = Files.createTempDirectory("rolecall-demo");
    followed = PolicyFile.follow(Files.writeString(file(), TEXT));
  }

  private Path file() {
    return directory.resolve("orders.yaml");
  }

  /** The policy in force. */
  PolicySource inForce() {
    return followed;
  }

  /** Denies all calls, as an operator would: by a new policy file. */
  void freeze() throws IOException {
    Files.writeString(file(), FROZEN);
    followed.reloadNow();
  }

  @Override
  public void close() throws IOException {
    followed.close();
    Files.deleteIfExists(file());
    Files.deleteIfExists(directory);
  }
}
