# Makes classifier.pt, which tests train: two numbers in, two logits out. Run with PyTorch.
import torch
from torch import nn

torch.manual_seed(1)
net = nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2))
torch.jit.script(net).save("classifier.pt")
