package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;

/**
 * A bean that sets options of a channel's credentials which no property does, such as where its AWS
 * credentials come from. Called once for each channel, after the properties, in the order of the
 * beans.
 */
@FunctionalInterface
public interface CredentialsCustomizer {

  /**
   * Sets options of the credentials of that channel.
   *
   * @param channel the name Spring gRPC has for it
   */
  void customize(String channel, IamCallCredentials.Builder options);
}
