package dev.rolecall.spring.grants;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code rolecall.server.grants.*}: the access service whose grants this
 * application's servers follow. Each is named as the option of {@link
 * dev.rolecall.grants.GrantFeed} it sets, where its bounds and default are. Immutable.
 *
 * <p>A node of the service is reached over a channel of Spring gRPC, so {@code
 * rolecall.client.channels} says how the two ends prove themselves. Grants need an artifact that
 * the starter does not bring. A property without it fails the start.
 *
 * @param channels The channels to nodes of the access service, by the name Spring gRPC has for
 *     them. Required, to follow grants: at least one.
 * @param stale What happens without news from the service: strict or best-effort. Default: strict.
 * @param staleAfter The time without news after which no grant counts. Default: 5s, or 5m with
 *     best-effort.
 * @param name The name of this server in the service's list of enforcers. Default: the host's name
 *     and the process's id.
 * @param file The file that keeps what is known, for a start while the service is away. Each server
 *     needs one of its own.
 * @param mostGrants How many grants are kept. Default: 200000.
 */
@ConfigurationProperties("rolecall.server.grants")
public record RolecallGrantProperties(
    @Nullable List<String> channels,
    @Nullable Stale stale,
    @Nullable Duration staleAfter,
    @Nullable String name,
    @Nullable String file,
    @Nullable Integer mostGrants) {

  private static final RolecallGrantProperties NONE =
      new RolecallGrantProperties(null, null, null, null, null, null);

  /** Copies the list. */
  public RolecallGrantProperties {
    channels = channels == null ? null : List.copyOf(channels);
  }

  /** Whether one of them is set. */
  boolean areSet() {
    return !equals(NONE);
  }

  /** The treatment of grants that a server has not heard of for too long. */
  public enum Stale {
    /** Calls under grants are refused as an outage. */
    STRICT,
    /** Known grants hold to their ends, for five minutes at most. */
    BEST_EFFORT
  }
}
