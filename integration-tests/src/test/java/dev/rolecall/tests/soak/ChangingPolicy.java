package dev.rolecall.tests.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.ReloadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A policy file that changes: the seasonal role may call, then may not, then may again. */
final class ChangingPolicy implements AutoCloseable {

  private static final String POLICY =
      """
      name: %s
      %s
      allow_rules:
        - name: everything
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
        - name: in season
          source: {principals: ["arn:aws:iam::111122223333:role/seasonal"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
        - name: readers read
          source: {principals: ["arn:aws:iam::111122223333:role/reader-*"]}
          request: {paths: ["/rolecall.tests.Echo/Say", "/rolecall.tests.Echo/Count"]}
      public_methods: ["/rolecall.tests.Echo/Ping"]
      """;

  private static final String FROZEN =
      """
      deny_rules:
        - name: off season
          source: {principals: ["arn:aws:iam::111122223333:role/seasonal"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      """;

  /** A file caught there is no policy: the name is a text that does not end. */
  private static final String HALF = "name: \"so";

  private final FaultWindows windows;
  private final Path file;
  private final Path next;
  private final PolicyFile policies;

  private boolean open = true;
  private boolean changing;
  private int reloads;
  private int rejected;

  ChangingPolicy(Path folder, FaultWindows windows) throws IOException {
    this.windows = windows;
    this.file = folder.resolve("policy.yaml");
    this.next = folder.resolve("policy.next");
    Files.writeString(file, text(true));
    windows.seasonalAllowed.begin();
    this.policies =
        PolicyFile.builder(file).period(Duration.ofMillis(100)).onReload(this::reloaded).follow();
  }

  PolicySource policies() {
    return policies;
  }

  private static String text(boolean open) {
    return POLICY.formatted(name(open), open ? "" : FROZEN.strip());
  }

  private static String name(boolean open) {
    return open ? "season" : "off-season";
  }

  /** The other policy takes the place of this one, unless that is still under way. */
  synchronized void change() throws IOException {
    if (changing) {
      return;
    }
    changing = true;
    open = !open;
    (open ? windows.seasonalAllowed : windows.seasonalForbidden).begin();
    replace(text(open));
  }

  private synchronized void reloaded(ReloadResult result) {
    result.fold(
        loaded -> {
          reloads++;
          if (changing && loaded.policy().name().equals(name(open))) {
            changing = false;
            (open ? windows.seasonalForbidden : windows.seasonalAllowed).end();
          }
          return loaded;
        },
        unchanged -> unchanged,
        refused -> {
          rejected++;
          return refused;
        });
  }

  /** The file is no policy for now. */
  synchronized void breakFile() throws IOException {
    if (!changing) {
      Files.writeString(file, HALF, UTF_8);
    }
  }

  /** The file is again what it was before it broke. */
  synchronized void mendFile() throws IOException {
    replace(text(open));
  }

  private void replace(String text) throws IOException {
    Files.writeString(next, text, UTF_8);
    Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** How often a policy was taken up. */
  synchronized int reloads() {
    return reloads;
  }

  /** How often a file was not. */
  synchronized int rejected() {
    return rejected;
  }

  @Override
  public void close() {
    policies.close();
  }
}
