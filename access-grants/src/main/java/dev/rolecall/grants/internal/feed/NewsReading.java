package dev.rolecall.grants.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.internal.known.News;

/** The outcome of reading a message of a feed. */
sealed interface NewsReading {

  /**
   * A message of a good form.
   *
   * @param news its content
   */
  record Read(News news) implements NewsReading {
    public Read {
      requireNonNull(news, "news");
    }
  }

  /**
   * A message that breaks a rule: nothing of it counts.
   *
   * @param rule the rule, in words fixed here, so that they may be logged
   */
  record Refused(String rule) implements NewsReading {
    public Refused {
      requireNonNull(rule, "rule");
    }
  }
}
