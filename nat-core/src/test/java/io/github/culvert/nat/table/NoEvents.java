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
}
