using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Silo.Agents;

/// <summary>Records which results a run received before they were durable. Thread-safe.</summary>
internal sealed class EarlyAnswerLog
{
    private readonly Lock _lock = new();
    private Dictionary<string, List<string>>? _places;

    public void Note(string activation, string place)
    {
        lock (_lock)
        {
            _places ??= new Dictionary<string, List<string>>(StringComparer.Ordinal);
            if (!_places.TryGetValue(activation, out var places))
            {
                _places[activation] = places = [];
            }

            places.Add(place);
        }
    }

    public ImmutableArray<EarlyAnswers> All()
    {
        lock (_lock)
        {
            return _places is null ? [] : [.. _places.Select(static each => new EarlyAnswers(each.Key, [.. each.Value]))];
        }
    }
}
