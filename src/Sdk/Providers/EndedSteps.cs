namespace Orkestron.Sdk.Providers;

/// <summary>
/// The latest runs whose result was acknowledged. When one of them is assigned again, the assignment was sent before the
/// result arrived; it is returned to the platform instead of being run twice.
/// </summary>
/// <param name="most">How many are remembered.</param>
internal sealed class EndedSteps(int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<StepRunId> _names = [];
    private readonly Queue<StepRunId> _order = new();

    public void Add(StepRunId name)
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

    /// <summary>Whether a run has ended here. True once only: a second assignment means that the platform lost the result.</summary>
    public bool Take(StepRunId name)
    {
        lock (_lock)
        {
            return _names.Remove(name);
        }
    }
}
