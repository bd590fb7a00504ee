namespace Orkestron.Sdk.Providers;

/// <summary>
/// The runs whose answer the platform has taken, the newest ones only: one that is offered once more was sent before the
/// platform knew of its end, and is given back instead of being run twice.
/// </summary>
/// <param name="most">How many are remembered.</param>
internal sealed class EndedSteps(int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<StepName> _names = [];
    private readonly Queue<StepName> _order = new();

    public void Add(StepName name)
    {
        lock (_lock)
        {
            if (!_names.Add(name))
            {
                return;
            }

            _order.Enqueue(name);
            if (_order.Count > most)
            {
                _names.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Whether a run has ended here. Says so once: a platform that insists has lost the answer, and gets a new one.</summary>
    public bool Take(StepName name)
    {
        lock (_lock)
        {
            return _names.Remove(name);
        }
    }
}
