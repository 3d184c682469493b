package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.spring.RolecallClientProperties.ChannelProof;
import dev.rolecall.spring.RolecallClientProperties.StsEndpoint;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * The properties of one channel as options of its credentials.
 *
 * @param channel its name
 * @param proof its properties
 */
record ChannelSettings(String channel, ChannelProof proof) {

  IamCallCredentials.Builder options(@Nullable StsEndpoint sts) {
    IamCallCredentials.Builder options =
        IamCallCredentials.builder(
            setting("audience")
                .required(
                    proof.audience(), "the name the channel's server is known by, such as orders"));
    setting("assume-role").to(proof.assumeRole(), options::assumeRole);
    setting("renewal-margin").to(proof.renewalMargin(), options::renewalMargin);
    setting("bearer-proofs").on(proof.bearerProofs(), options::bearerProofs);
    setting("allow-plaintext").on(proof.allowPlaintext(), options::allowPlaintext);
    setting("region").to(proof.region(), region -> options.region(Region.of(region)));
    if (sts != null) {
      Setting endpoint = new Setting("rolecall.client.sts.endpoint");
      endpoint.to(
          endpoint.required(sts.endpoint(), "https://host[:port]"),
          url -> options.endpoint(url, Region.of(sts.region())));
    }
    return options;
  }

  /** The credentials. */
  IamCallCredentials build(IamCallCredentials.Builder options) {
    try {
      return options.build();
    } catch (IllegalStateException e) {
      throw new Setting("rolecall.client.channels." + channel).broken(e);
    }
  }

  private Setting setting(String name) {
    return new Setting("rolecall.client.channels." + channel + "." + name);
  }
}
