package dev.rolecall.spring.internal.attested;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.grpc.client.ChannelCredentialsProvider;

/**
 * Has Spring gRPC build the channels that use attested TLS with its credentials, in place of those
 * of an SSL bundle.
 *
 * @param channels asked for before the channel factory is made, and so closed after it
 */
public record AttestedChannelCredentials(ObjectProvider<AttestedChannels> channels)
    implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof ChannelCredentialsProvider given
        ? attestedOr(given, channels.getObject())
        : bean;
  }

  private static ChannelCredentialsProvider attestedOr(
      ChannelCredentialsProvider given, AttestedChannels attested) {
    return channel ->
        attested.ofChannel(channel).orElseGet(() -> given.getChannelCredentials(channel));
  }
}
