namespace Orkestron.Domain.Tasks;

/// <summary>Ids of tasks.</summary>
public static class TaskIds
{
    /// <summary>
    /// The id of the task that a caller submits under an idempotency key: a version 8 UUID from SHA-256, so that a
    /// repeated submission lands on the same grain. No table, no race.
    /// </summary>
    /// <param name="userId">The caller.</param>
    /// <param name="idempotencyKey">1 to 255 characters.</param>
    public static Guid Derive(Guid userId, string idempotencyKey) => DerivedId.Of($"task\n{userId:N}\n{idempotencyKey}");
}
