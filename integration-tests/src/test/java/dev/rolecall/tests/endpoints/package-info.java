/**
 * What answers as STS would, judged: does it notice what STS would notice, and what does Rolecall
 * make of it where it does not? A verifier trusts its endpoint's word; this is how to find out
 * whether an endpoint deserves that.
 */
@NullMarked
package dev.rolecall.tests.endpoints;

import org.jspecify.annotations.NullMarked;
