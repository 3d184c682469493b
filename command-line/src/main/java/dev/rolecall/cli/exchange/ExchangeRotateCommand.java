package dev.rolecall.cli.exchange;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.jwt.ring.KeyRingFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall exchange rotate}: makes a key ring, or rotates it. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description =
        "Rotate the keys that an exchange signs with; make them if there is no file yet. The next"
            + " key signs from now on, and the last one stays published. No token is refused.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "2:could not tell, such as when the last rotation was under two hours ago"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall exchange rotate --key-ring ring.json",
      "",
      "Servers that follow the file take it up within ten seconds, without a restart."
    })
final class ExchangeRotateCommand implements Callable<Integer> {

  @Option(
      names = "--key-ring",
      required = true,
      paramLabel = "FILE",
      description = "The file with the private keys. It is written for its owner alone, 0600.")
  Path file;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "The algorithm of a file that is made: RS256, which costs verifiers the least, or ES256."
              + " Default: RS256.")
  @Nullable Algorithm algorithm;

  @Option(
      names = "--replace-all-keys-and-refuse-their-tokens",
      description = "Keep no key, such as after a theft. Tokens of the old ones are refused soon.")
  boolean replacing;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    KeyRingFile ring = KeyRingFile.at(file);
    Instant now = Clock.systemUTC().instant();
    boolean making = !ring.exists();
    try {
      print(making, changed(ring, making, now));
      return ExitStatus.YES;
    } catch (KeyRingFileException e) {
      throw new CommandFailure("--key-ring: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--" + e.getMessage(), e);
    }
  }

  private List<String> changed(KeyRingFile ring, boolean making, Instant now) {
    SecureRandom random = new SecureRandom();
    if (making) {
      return ring.create(algorithm == null ? Algorithm.RS256 : algorithm, now, random);
    }
    if (algorithm != null) {
      throw new CommandFailure(
          "--algorithm: "
              + file
              + " has one already (expected: none; a new file, and a server of its own, to change it)");
    }
    return replacing
        ? ring.replaceAllKeysAndRefuseTheirTokens(now, random)
        : ring.rotate(now, random);
  }

  private void print(boolean made, List<String> ids) {
    PrintWriter out = spec.commandLine().getOut();
    int current = ids.size() - 2;
    out.println((made ? "made " : "rotated ") + file);
    if (current > 0) {
      out.println("  previous " + ids.get(0));
    }
    out.println("  current  " + ids.get(current));
    out.println("  next     " + ids.get(current + 1));
    out.flush();
  }
}
