package io.github.culvert.nat.event;

/** Is told what happens to the NAT table. */
@FunctionalInterface
public interface NatListener {
    /**
     * Something happened. Called by the thread of the engine, in the middle of its work: return soon, and do not call
     * the engine. An exception ends nothing: it is counted and logged once.
     *
     * @param event what happened
     */
    void on(NatEvent event);
}
