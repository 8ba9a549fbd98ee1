"""Sightline's reference AI worker: finds and tracks people and faces in RTSP streams and writes them to Redis."""
