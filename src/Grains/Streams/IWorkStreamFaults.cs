using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Streams;

/// <summary>Loses or repeats messages on purpose, to prove that nothing depends on their delivery.</summary>
public interface IWorkStreamFaults
{
    /// <summary>How often to deliver a step: 0 loses it, 2 repeats it.</summary>
    int CopiesOf(WorkItem work);
}
