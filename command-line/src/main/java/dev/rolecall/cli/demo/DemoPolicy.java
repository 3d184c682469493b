package dev.rolecall.cli.demo;

import dev.rolecall.cli.scene.SceneFiles;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's policy, in a file that the server follows. */
final class DemoPolicy implements AutoCloseable {

  /** The part about roles. */
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

  /** The rule about callers of other kinds, among those about roles. */
  private static final String OTHERS =
      """
        - name: others count
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.demo.v1.Echo/Count"]}
      """;

  private static final String FROZEN =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private static final String AFTER_RULES = "public_methods:";

  private final Path file;
  private final PolicyFile followed;

  /** Writes the file and follows it. */
  DemoPolicy(SceneFiles files) throws IOException {
    file = files.write("orders.yaml", ofEveryKind());
    followed = PolicyFile.follow(file);
  }

  private static String ofEveryKind() {
    String others = OTHERS.formatted(String.join("\", \"", OtherCallers.PRINCIPALS));
    return TEXT.replace(AFTER_RULES, others + AFTER_RULES);
  }

  /** The policy in force. */
  PolicySource inForce() {
    return followed;
  }

  /** Denies all calls of roles, as an operator would: by a new policy file. */
  void freeze() throws IOException {
    replace(FROZEN);
  }

  /** Has the first policy in force again. */
  void thaw() throws IOException {
    replace(ofEveryKind());
  }

  private void replace(String text) throws IOException {
    Files.writeString(file, text);
    followed.reloadNow();
  }

  @Override
  public void close() {
    followed.close();
  }
}
