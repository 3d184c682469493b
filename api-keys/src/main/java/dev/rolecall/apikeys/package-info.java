/**
 * API keys: {@link dev.rolecall.apikeys.ApiKeys} is the scheme that recognises them, and {@link
 * dev.rolecall.apikeys.KeyFile} issues and disables them. Depends on the engine and its words;
 * never on gRPC, AWS or the network.
 */
@NullMarked
package dev.rolecall.apikeys;

import org.jspecify.annotations.NullMarked;
