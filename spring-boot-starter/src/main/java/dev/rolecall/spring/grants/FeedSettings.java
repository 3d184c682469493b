package dev.rolecall.spring.grants;

import static dev.rolecall.spring.grants.FollowedGrants.CHANNELS;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.Staleness;
import dev.rolecall.spring.internal.setting.Setting;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * The properties as a feed of grants.
 *
 * @param properties the feed
 * @param channels makes the channels of the application
 */
record FeedSettings(RolecallGrantProperties properties, Optional<GrpcChannelFactory> channels) {

  private static final Setting OWNER = Setting.ofServer("grants");

  GrantSource feed() {
    List<String> names =
        CHANNELS.required(
            properties.channels(), "the channels to the access service, such as access");
    if (names.isEmpty()) {
      throw CHANNELS.invalid("none", "at least one");
    }
    // Its address is the one that refused callers are told.
    ManagedChannel first = channel(names.get(0));
    GrantFeed feed = GrantFeed.over(first.authority(), () -> first);
    names.stream().skip(1).forEach(name -> feed.orOver(() -> channel(name)));
    OWNER.sub("stale").to(properties.stale(), way -> feed.staleness(Staleness.valueOf(way.name())));
    OWNER.sub("name").to(properties.name(), feed::name);
    OWNER.sub("file").to(properties.file(), file -> feed.keepAt(Path.of(file)));
    OWNER.sub("most-grants").to(properties.mostGrants(), feed::mostGrants);
    Setting limit = OWNER.sub("stale-after");
    limit.to(properties.staleAfter(), feed::staleAfter);
    return runtime -> limit.checked(() -> feed.open(runtime));
  }

  private ManagedChannel channel(String name) {
    GrpcChannelFactory factory =
        channels.orElseThrow(
            () ->
                CHANNELS.invalid(
                    "set, but there is no channel factory",
                    "Spring gRPC's client among the application's dependencies"));
    return CHANNELS.checked(() -> factory.createChannel(name, options()));
  }

  /**
   * Has a connection that the network dropped noticed within 15 s, as {@link GrantFeed}'s own
   * channels have it. Spring gRPC's default takes the addresses of a name in turn, as they do.
   */
  private static <T extends ManagedChannelBuilder<T>> ChannelBuilderOptions options() {
    GrpcChannelBuilderCustomizer<T> alive =
        (name, builder) ->
            builder.keepAliveTime(10, TimeUnit.SECONDS).keepAliveTimeout(5, TimeUnit.SECONDS);
    return ChannelBuilderOptions.defaults()
        .withShutdownGracePeriod(Duration.ZERO)
        .withCustomizer(alive);
  }
}
