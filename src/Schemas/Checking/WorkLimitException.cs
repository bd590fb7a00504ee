namespace Orkestron.Schemas.Checking;

/// <summary>A check was given up: it would take too much work.</summary>
internal sealed class WorkLimitException : Exception
{
    public WorkLimitException()
        : base("The check was given up: it takes too much work.")
    {
    }

    public WorkLimitException(string message)
        : base(message)
    {
    }

    public WorkLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
