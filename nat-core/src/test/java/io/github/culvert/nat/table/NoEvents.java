package io.github.culvert.nat.table;

/** Events that nobody waits for. */
class NoEvents implements TableEvents {
    @Override
    public void mappingCreated(int owner) {}

    @Override
    public void mappingRemoved(int owner) {}

    @Override
    public void sessionCreated(int session) {}

    @Override
    public void sessionClosed(int session) {}

    @Override
    public void addressBound(int inside, int publicIndex) {}

    @Override
    public void addressReleased(int inside, int publicIndex) {}

    @Override
    public void pairingBroken(int inside, int publicIndex, int next) {}

    @Override
    public void blockAllocated(int inside, int publicIndex, int first, int last) {}

    @Override
    public void blockFreed(int inside, int publicIndex, int first, int last) {}
}
