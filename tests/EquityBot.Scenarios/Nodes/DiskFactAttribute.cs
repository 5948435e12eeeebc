namespace EquityBot.Scenarios.Nodes;

/// <summary>A story that needs a disk of its own, small enough to be filled. Only the administrator may mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "needs to mount a small file system, which only root may";
}
