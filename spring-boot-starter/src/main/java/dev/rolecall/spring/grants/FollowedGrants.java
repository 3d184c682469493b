package dev.rolecall.spring.grants;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.spring.internal.setting.Setting;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * The source of grants that an application's servers follow: its own bean, or else the feed that
 * properties name.
 *
 * @param properties the feed
 * @param beans the application's
 */
public record FollowedGrants(RolecallGrantProperties properties, ListableBeanFactory beans) {

  /** The bean with the grants of a test, which takes the place of any other source. */
  public static final String OF_TESTS = "rolecallTestGrants";

  static final Setting CHANNELS = Setting.ofServer("grants.channels");

  /** Checks that nothing is absent. */
  public FollowedGrants {
    requireNonNull(properties, "properties");
    requireNonNull(beans, "beans");
  }

  /**
   * The source for a server under that policy; empty where neither a bean nor a property names one.
   *
   * @throws RuntimeException that names the property, if one breaks a rule, or is missing since the
   *     policy requires grants
   */
  public Optional<GrantSource> followedUnder(AccessPolicy policy) {
    Optional<GrantSource> source = source();
    if (source.isEmpty() && !policy.permissions().isEmpty()) {
      throw CHANNELS.invalid(
          "not set, and policy \""
              + policy.name()
              + "\" requires grants of "
              + policy.permissions().stream().sorted().map(Object::toString).collect(joining(", ")),
          "the channels to the access service, or a GrantSource bean");
    }
    return source;
  }

  private Optional<GrantSource> source() {
    if (beans.containsBean(OF_TESTS)) {
      return Optional.of(beans.getBean(OF_TESTS, GrantSource.class));
    }
    return own().or(() -> properties.areSet() ? Optional.of(feed()) : Optional.empty());
  }

  /** Whether a bean of the application's leaves the properties unread. */
  public boolean areOfAnotherSource() {
    return !beans.containsBean(OF_TESTS) && own().isPresent();
  }

  private Optional<GrantSource> own() {
    return Optional.ofNullable(beans.getBeanProvider(GrantSource.class).getIfAvailable());
  }

  private GrantSource feed() {
    return new FeedSettings(
            properties,
            Optional.ofNullable(beans.getBeanProvider(GrpcChannelFactory.class).getIfAvailable()))
        .feed();
  }
}
