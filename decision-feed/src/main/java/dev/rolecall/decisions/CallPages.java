package dev.rolecall.decisions;

import dev.rolecall.decisions.SeenCalls.Seen;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.ListCallsResponse;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.identity.internal.InvalidValue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The different calls of the last hour, by pages. A page has at most 500, and about a mebibyte. */
final class CallPages {

  static final int MOST = 500;

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern TOKEN = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})");

  private final SeenCalls calls;
  private final Clock clock;
  private final Instant since;

  /** The name of this feed in its tokens: numbers of another mean other calls. */
  private final String name;

  CallPages(SeenCalls calls, Clock clock, Instant since, long random) {
    this.calls = calls;
    this.clock = clock;
    this.since = since;
    this.name = String.format("%016x", random);
  }

  /**
   * The page that a request asks for.
   *
   * @throws IllegalArgumentException if the size or the token breaks its rule
   */
  ListCallsResponse page(ListCallsRequest request) {
    int size = size(request.getPageSize());
    long now = clock.millis();
    List<Seen> left = calls.after(after(request.getPageToken()), now);
    ListCallsResponse.Builder page =
        ListCallsResponse.newBuilder()
            .setSince(Messages.time(countedSince(now)))
            .setUncounted(calls.uncounted());
    long bytes = 0;
    for (Seen each : left) {
      if (page.getCallsCount() == size || bytes > MOST_BYTES) {
        return page.setNextPageToken(name + "-" + before(each)).build();
      }
      SeenCall call = each.message(now);
      bytes += call.getSerializedSize();
      page.addCalls(call);
    }
    return page.build();
  }

  private static long before(Seen next) {
    return next.number() - 1;
  }

  private Instant countedSince(long nowMillis) {
    Instant oldest = Instant.ofEpochMilli(HourCount.startMillis(nowMillis));
    return since.isAfter(oldest) ? since : oldest;
  }

  private static int size(int asked) {
    if (asked < 0) {
      throw InvalidValue.of("page_size", Integer.toString(asked), "0 to " + MOST);
    }
    return asked == 0 ? MOST : Math.min(asked, MOST);
  }

  private long after(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches() || !parts.group(1).equals(name)) {
      throw InvalidValue.of(
          "page_token", token, "the next_page_token of this server's answer before");
    }
    return Long.parseLong(parts.group(2));
  }
}
