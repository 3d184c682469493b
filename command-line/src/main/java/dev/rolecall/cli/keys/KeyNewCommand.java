package dev.rolecall.cli.keys;

import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.cli.arguments.ExpiryArgument;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.identity.ApiClient;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall key new}: a key, shown once. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description =
        "Make an API key and print it, this once. The file keeps its hash alone; it is made, for"
            + " its owner only, where there is none.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:made",
      "1:refused: the name has two live keys already",
      "2:could not tell, such as when the file cannot be written"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall key new ci --keys keys.jsonl --expires P90D",
      "",
      "A policy names the key's holder as key:ci."
    })
final class KeyNewCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description = "Who the key is for: a-z 0-9 -, the first a letter, at most 64.")
  ApiClient name;

  @Mixin KeysOption keys;

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "WHEN",
      description =
          "When it ends: a duration such as P90D or PT12H, or an instant such as"
              + " 2027-03-01T00:00:00Z. At most 366 days ahead.")
  ExpiryArgument expires;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return keys.apply(
        (file, now) -> {
          Instant end = end(now);
          Optional<ApiKey> issued = issue(file, now, end);
          if (issued.isEmpty()) {
            err.println(
                "rolecall: refused: "
                    + name.name()
                    + " has "
                    + KeyFile.MOST_LIVE
                    + " live keys (expected: at most that)");
            err.println(
                Paragraph.advice(
                    "see 'rolecall key list', and disable the one that is no longer used"));
            return ExitStatus.NO;
          }
          spec.commandLine().getOut().println(issued.get().text());
          err.println(
              Paragraph.of(
                  "its hash is in "
                      + keys.file
                      + " as key "
                      + issued.get().id()
                      + " of "
                      + name.name()
                      + ", until "
                      + end
                      + "; the key itself is stored nowhere and not shown again"));
          return ExitStatus.YES;
        });
  }

  private Instant end(Instant now) {
    try {
      return expires.from(now).truncatedTo(ChronoUnit.SECONDS);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--expires: " + e.getMessage(), e);
    }
  }

  private Optional<ApiKey> issue(KeyFile file, Instant now, Instant end) {
    try {
      return file.issue(name, now, end, new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--expires: " + e.getMessage(), e);
    }
  }
}
