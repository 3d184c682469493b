package dev.rolecall.cli.proxy;

/** The options of a proxy that hold for all of its audiences. */
public interface ProxyFront {

  /** The port for HTTP. */
  HttpOptions http();

  /** The identity that services are told. */
  IdentityOptions identity();
}
