package dev.rolecall.cli.console.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The keys of a console: codes, each good for one exchange within some time, and the tokens that
 * they are exchanged for, good until the console stops. Kept as digests.
 *
 * <p>At most 8 of each: a further one takes the place of the oldest.
 */
public final class Keys {

  /** How long a code is good for, unless it is said otherwise. */
  public static final Duration CODE_LIFE = Duration.ofSeconds(60);

  private static final int MOST = 8;

  private final Secrets secrets;
  private final Duration codeLife;
  private final LongSupplier ticker;
  private final Deque<Code> codes = new ArrayDeque<>();
  private final Deque<String> tokens = new ArrayDeque<>();

  private record Code(String digest, long madeAt) {}

  /**
   * No keys yet.
   *
   * @param codeLife how long a code is good for
   * @param ticker elapsed nanoseconds
   */
  public Keys(SecureRandom random, Duration codeLife, LongSupplier ticker) {
    this.secrets = new Secrets(random);
    this.codeLife = codeLife;
    this.ticker = ticker;
  }

  /** A new code, for a link. */
  public synchronized String newCode() {
    String code = secrets.next();
    codes.addLast(new Code(Secrets.digest(code), ticker.getAsLong()));
    keepNewest(codes);
    return code;
  }

  /** A token for a code; empty where the code is unknown, used or too old. */
  synchronized Optional<String> exchange(String code) {
    String digest = Secrets.digest(code);
    long now = ticker.getAsLong();
    codes.removeIf(each -> now - each.madeAt() >= codeLife.toNanos());
    if (!codes.removeIf(each -> Secrets.isSame(each.digest(), digest))) {
      return Optional.empty();
    }
    String token = secrets.next();
    tokens.addLast(Secrets.digest(token));
    keepNewest(tokens);
    return Optional.of(token);
  }

  /** Whether it is a token of this console. */
  synchronized boolean isToken(String text) {
    String digest = Secrets.digest(text);
    boolean found = false;
    for (String each : tokens) {
      found |= Secrets.isSame(each, digest);
    }
    return found;
  }

  private static void keepNewest(Deque<?> all) {
    while (all.size() > MOST) {
      all.removeFirst();
    }
  }
}
