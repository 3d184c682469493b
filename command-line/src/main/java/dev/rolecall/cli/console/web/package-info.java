/**
 * The console's web server, on the loopback interface alone: {@link
 * dev.rolecall.cli.console.web.ConsoleHttp} is the entry. It decides who may ask at all, and knows
 * nothing of gRPC.
 */
@NullMarked
package dev.rolecall.cli.console.web;

import org.jspecify.annotations.NullMarked;
