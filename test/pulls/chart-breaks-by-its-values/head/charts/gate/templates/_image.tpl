{{/* The image of the gate: what a release sets, else the version of the chart. */}}
{{- define "gate.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- printf "%s/%s:%s" .Values.image.registry .Values.image.name $tag -}}
{{- end -}}
