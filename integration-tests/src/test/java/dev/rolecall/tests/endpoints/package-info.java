/**
 * Tests of endpoints that answer as STS would: whether they notice what STS would notice, and what
 * Rolecall makes of it where they do not. A verifier trusts its endpoint's word; these tests find
 * out whether an endpoint deserves that.
 */
@NullMarked
package dev.rolecall.tests.endpoints;

import org.jspecify.annotations.NullMarked;
