package dev.rolecall.cli.access.client;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import io.grpc.MethodDescriptor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that bounds a list, and the pages that it comes in. */
public final class Pages {

  private static final int MOST_A_PAGE = 200;

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "COUNT",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  int limit;

  /**
   * A page of a list.
   *
   * @param items what is on it
   * @param next the token of the next page; empty where this is the last
   */
  public record Page<T>(List<T> items, String next) {

    /** Copies the items. */
    public Page {
      items = List.copyOf(items);
    }
  }

  /** Makes the question for a page. */
  @FunctionalInterface
  public interface Question<Q> {

    /**
     * The question.
     *
     * @param size how many at most
     * @param token the token of the page; empty for the first
     */
    Q of(int size, String token);
  }

  /**
   * Prints all of them, as far as the limit. Where there are more, it is said.
   *
   * @param method gives a page
   * @param page the page of an answer
   * @return the exit status: 0, or that of the call that failed
   * @throws CommandFailure if the options contradict one another, the limit is none, or the service
   *     gives one page twice
   */
  public <Q, R, T> int print(
      AccessOptions access,
      MethodDescriptor<Q, R> method,
      Question<Q> question,
      Function<R, Page<T>> page,
      AccessOptions.View<List<T>> view) {
    return access.run(
        calls -> {
          List<T> all =
              all(
                  access.err(),
                  (size, token) -> page.apply(calls.send(method, question.of(size, token))));
          view.print(access.out(), all, access.isJson());
          return ExitStatus.YES;
        });
  }

  private <T> List<T> all(PrintWriter err, Question<Page<T>> source) {
    if (limit < 1) {
      throw new CommandFailure("--limit: " + limit + " (expected: at least 1)");
    }
    List<T> all = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    String token = "";
    do {
      if (!asked.add(token)) {
        throw new CommandFailure("the service names the page that it gave as the next one");
      }
      Page<T> page = source.of(Math.min(limit - all.size(), MOST_A_PAGE), token);
      all.addAll(page.items().subList(0, Math.min(page.items().size(), limit - all.size())));
      token = page.next();
    } while (!token.isEmpty() && all.size() < limit);
    if (!token.isEmpty()) {
      err.println("there are more than " + limit + ": see --limit");
    }
    return all;
  }
}
