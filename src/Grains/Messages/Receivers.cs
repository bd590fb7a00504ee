namespace Orkestron.Grains.Messages;

/// <summary>
/// Requests that wait for a message at a place in a step's code. Several may wait at one place, each for its own time. Not
/// thread-safe: the grain's scheduler owns it.
/// </summary>
internal sealed class Receivers(TimeProvider clock)
{
    private readonly Dictionary<(int StepId, string Key), Place> _places = [];

    /// <summary>Completes when the place has been told, or the time is over.</summary>
    public async Task WaitAsync(int stepId, string key, TimeSpan atMost)
    {
        if (!_places.TryGetValue((stepId, key), out var place))
        {
            _places[(stepId, key)] = place = new Place();
        }

        place.Waiting++;
        await place.Told.Task.WaitAsync(atMost, clock)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (--place.Waiting == 0 && _places.GetValueOrDefault((stepId, key)) == place)
        {
            _places.Remove((stepId, key));
        }
    }

    /// <summary>Tells those that wait at a place that there is a message; whether anybody does.</summary>
    public bool Tell(int stepId, string key)
    {
        if (!_places.Remove((stepId, key), out var place))
        {
            return false;
        }

        place.Told.TrySetResult();
        return true;
    }

    /// <summary>Tells all that wait, whatever has come.</summary>
    public void TellAll()
    {
        foreach (var place in _places.Values)
        {
            place.Told.TrySetResult();
        }

        _places.Clear();
    }

    private sealed class Place
    {
        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting { get; set; }
    }
}
